/** Has the sum done by a worker of its own, made for it and ended after it. */
import type { Answer, Ask } from './api';
import { UNANSWERED } from './api';
import type { Challenge } from './proof-of-work';

/** Solves what the server asks: in the browser by a worker, in tests at once. */
export type Solve = (challenge: Challenge) => Promise<string | null>;

export const solveInWorker: Solve = (challenge) =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./proof-worker.ts', import.meta.url), { type: 'module' });
    const done = (payload: string | null): void => {
      worker.terminate();
      resolve(payload);
    };
    worker.onmessage = ({ data }: MessageEvent<string | null>) => done(data);
    worker.onerror = () => done(null);
    worker.postMessage(challenge);
  });

/** What a proof is good for; codes and links by mail are part of signing in. */
export type Purpose = 'register' | 'sign-in';

/** A proof, new for each use. */
export async function newProof(purpose: Purpose, ask: Ask, solve: Solve): Promise<Answer<string>> {
  const challenge = await ask<Challenge>('GET', `/proof-of-work?for=${purpose}`);
  if (challenge.is === 'no') return challenge;
  const payload = await solve(challenge.value);
  return payload === null ? { is: 'no', refusal: UNANSWERED } : { is: 'yes', value: payload };
}
