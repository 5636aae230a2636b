// Requests at a steady rate, whatever the server makes of them.

/**
 * Milliseconds from when each was due to its whole answer. None waits for the one before. `isOver` is asked before each,
 * with its number; `ask` is given the same.
 */
export async function atRate(rate, isOver, ask) {
  const begun = performance.now();
  const asked = [];
  for (let number = 0; !isOver(number); number += 1) {
    const due = begun + (number * 1000) / rate;
    const wait_ms = due - performance.now();
    if (wait_ms > 0) await new Promise((on) => setTimeout(on, wait_ms));
    asked.push(answered(ask(number), due).catch((error) => error));
  }
  const times = await Promise.all(asked);
  const fault = times.find((time) => time instanceof Error);
  if (fault) throw fault;
  return times;
}

async function answered(asked, due) {
  const { status } = await asked;
  if (status >= 300) throw new Error(`answered ${status}`);
  return performance.now() - due;
}
