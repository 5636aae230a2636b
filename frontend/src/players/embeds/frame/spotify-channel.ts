/**
 * Where the answer of a sign-in is heard. A channel reaches this origin only, and only the frame that made up `state`
 * listens there. The opener is out of reach: our pages let go of windows that went elsewhere.
 */
export function backChannel(state: string): string {
  return `unisono-spotify-${state}`;
}
