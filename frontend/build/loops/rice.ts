// What a prediction missed, in Rice codes (RFC 9639, section 9.2.7).
import type { BitWriter } from './bits.ts';

const PARTITION_ORDER_MAX = 5;
const PARAMETER_MAX = 14;
const PARAMETER_BITS = 4;

export interface Plan {
  bits: number;
  partitionOrder: number;
  parameters: number[];
}

const folded = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** A cheap way to write the residual that begins after `order` samples: the cheapest partitions by their sums. */
export function ricePlan(residual: Int32Array, order: number): Plan {
  let best: Plan | null = null;
  const block = residual.length + order;
  for (let partitionOrder = 0; partitionOrder <= PARTITION_ORDER_MAX; partitionOrder += 1) {
    if (block % 2 ** partitionOrder !== 0 || block / 2 ** partitionOrder <= order) break;
    const costs = partitions(residual, order, partitionOrder).map(cheapest);
    const bits = 6 + costs.reduce((sum, one) => sum + PARAMETER_BITS + one.bits, 0);
    if (best === null || bits < best.bits) best = { bits, partitionOrder, parameters: costs.map((one) => one.parameter) };
  }
  if (best === null) throw new Error('a block has at least one partition');
  return best;
}

export function writeRice(out: BitWriter, residual: Int32Array, order: number, plan: Plan): void {
  out.bits(0, 2);
  out.bits(plan.partitionOrder, 4);
  partitions(residual, order, plan.partitionOrder).forEach((partition, index) => {
    const parameter = plan.parameters[index] ?? 0;
    out.bits(parameter, PARAMETER_BITS);
    for (const value of partition) {
      const number = folded(value);
      out.unary(number >> parameter);
      out.bits(number & ((1 << parameter) - 1), parameter);
    }
  });
}

function partitions(residual: Int32Array, order: number, partitionOrder: number): Int32Array[] {
  const count = 2 ** partitionOrder;
  const size = (residual.length + order) / count;
  return Array.from({ length: count }, (_, i) => residual.subarray(Math.max(0, i * size - order), (i + 1) * size - order));
}

/** The parameter that is nearest to the mean, and about how many bits it takes: each number loses half a step. */
function cheapest(part: Int32Array): { bits: number; parameter: number } {
  let sum = 0;
  for (const value of part) sum += folded(value);
  let best = { bits: Infinity, parameter: 0 };
  for (let parameter = 0; parameter <= PARAMETER_MAX; parameter += 1) {
    const step = 2 ** parameter;
    const bits = part.length * (parameter + 1) + Math.max(0, sum - (part.length * (step - 1)) / 2) / step;
    if (bits < best.bits) best = { bits, parameter };
  }
  return best;
}
