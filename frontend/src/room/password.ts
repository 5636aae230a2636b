/** Sets what is asked of those who come to an open room: for whoever may change its settings. */
export type PasswordSet = 'set' | 'forbidden' | 'failed';

/** `null` takes the password away. */
export async function setPassword(code: string, token: string, password: string | null): Promise<PasswordSet> {
  try {
    const response = await fetch(`/api/v1/rooms/${code}/password`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ password }),
    });
    if (response.status === 403) return 'forbidden';
    return response.ok ? 'set' : 'failed';
  } catch {
    return 'failed';
  }
}
