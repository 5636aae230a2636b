// Predicts each sample from those before it: the textbook's way, autocorrelation and Levinson's recursion.

export interface Prediction {
  /** For the sample before, the one before that, and so on. */
  coefficients: number[];
  /** Bits of each coefficient. */
  precision: number;
  /** The sum is divided by two to the power of this. */
  shift: number;
  /** One of the format's own, whose coefficients are not written. */
  isFixed: boolean;
}

const PRECISION = 14;
const SHIFT_MAX = 15;
/** Twelve is the most in the "streamable subset", which every decoder knows. */
const ORDERS = [8, 12];
/** RFC 9639, section 9.2.5. */
const FIXED = [[], [2, -1], [4, -6, 4, -1]];

/** Predictions worth trying. */
export function predictions(block: Int32Array): Prediction[] {
  const fixed = FIXED.filter((coefficients) => coefficients.length < block.length).map((coefficients) => ({
    coefficients,
    precision: 0,
    shift: 0,
    isFixed: true,
  }));
  if (block.length < 4 * Math.max(...ORDERS)) return fixed;
  const correlation = autocorrelation(block, Math.max(...ORDERS));
  return [...fixed, ...ORDERS.flatMap((order) => quantised(levinson(correlation, order)) ?? [])];
}

/** What the prediction misses, from its first sample on. */
export function residualOf(block: Int32Array, { coefficients, shift }: Prediction): Int32Array {
  const order = coefficients.length;
  const scale = 2 ** shift;
  const residual = new Int32Array(block.length - order);
  for (let at = order; at < block.length; at += 1) {
    let sum = 0;
    for (let back = 0; back < order; back += 1) sum += (coefficients[back] ?? 0) * (block[at - 1 - back] ?? 0);
    residual[at - order] = (block[at] ?? 0) - Math.floor(sum / scale);
  }
  return residual;
}

function autocorrelation(block: Int32Array, order: number): number[] {
  const middle = (block.length - 1) / 2;
  const windowed = Float64Array.from(block, (sample, at) => {
    const side = (at - middle) / (middle + 1);
    return sample * (1 - side * side);
  });
  return Array.from({ length: order + 1 }, (_, lag) => {
    let sum = 0;
    for (let at = lag; at < windowed.length; at += 1) sum += (windowed[at] ?? 0) * (windowed[at - lag] ?? 0);
    return sum;
  });
}

function levinson(correlation: number[], order: number): number[] {
  let error = correlation[0] ?? 0;
  let coefficients: number[] = [];
  for (let i = 0; i < order && error > 0; i += 1) {
    let reach = correlation[i + 1] ?? 0;
    coefficients.forEach((one, j) => (reach -= one * (correlation[i - j] ?? 0)));
    const reflection = reach / error;
    coefficients = [...coefficients.map((one, j) => one - reflection * (coefficients[i - 1 - j] ?? 0)), reflection];
    error *= 1 - reflection * reflection;
  }
  return coefficients;
}

/** Whole numbers for the coefficients; what one loses in rounding, the next one gets. */
function quantised(coefficients: number[]): Prediction | null {
  const largest = Math.max(...coefficients.map(Math.abs));
  if (coefficients.length === 0 || !Number.isFinite(largest) || largest === 0) return null;
  const limit = 2 ** (PRECISION - 1) - 1;
  let shift = SHIFT_MAX;
  while (shift > 0 && largest * 2 ** shift > limit) shift -= 1;
  if (largest > limit) return null;
  let lost = 0;
  const whole = coefficients.map((one) => {
    const wanted = one * 2 ** shift + lost;
    const value = Math.min(limit, Math.max(-limit - 1, Math.round(wanted)));
    lost = wanted - value;
    return value;
  });
  return { coefficients: whole, precision: PRECISION, shift, isFixed: false };
}
