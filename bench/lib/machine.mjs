// What the machine is and what else it does: a figure is worth little without.
import { cpus, loadavg, release, totalmem } from 'node:os';

const GIB = 2 ** 30;

export function machine() {
  const [first] = cpus();
  return {
    cores: cpus().length,
    processor: first?.model.trim() ?? 'unknown processor',
    memory_gib: Math.round(totalmem() / GIB),
    kernel: release(),
    load: loadavg()[0].toFixed(1),
    date: new Date().toISOString().slice(0, 10),
  };
}

export function median(figures) {
  return quantile(figures, 0.5);
}

/** The value that `share` of the figures stay within; between two of them when it falls there. */
export function quantile(figures, share) {
  const sorted = [...figures].sort((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place % 1);
}
