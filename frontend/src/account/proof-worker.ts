// Does the sum beside the page, so that typing stays smooth.
import { solve, type Challenge } from './proof-of-work';

addEventListener('message', ({ data }: MessageEvent<Challenge>) => {
  solve(data).then(
    (payload) => postMessage(payload),
    () => postMessage(null),
  );
});
