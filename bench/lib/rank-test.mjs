// Whether two groups of figures can be told apart, whatever their form.

/**
 * The area under the ROC curve: how often one of `ones` is the greater, beside one of `others`; a draw counts half (Mann
 * and Whitney, 1947, as a share of all pairs). 0.5 where nothing tells them apart, 0 or 1 where each figure does.
 */
export function areaUnderCurve(ones, others) {
  let greater = 0;
  for (const one of ones) {
    for (const other of others) greater += one > other ? 1 : one === other ? 0.5 : 0;
  }
  return greater / (ones.length * others.length);
}
