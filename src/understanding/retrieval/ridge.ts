// Kernel ridge regression over lines of an index (Saunders, Gammerman and Vovk, 1998).

/** How little a line is trusted to mean only what it says. */
const DOUBT = 0.15

/**
 * One weight for each line; the sum over the lines of one unit estimates, from about 0 to 1, that the question is the
 * unit's. `alike`, of the lines to each other, row after row, and `asked`, of the question to each, are from -1 to 1.
 */
export function ridge(asked: ArrayLike<number>, alike: ArrayLike<number>): Float64Array {
  const size = asked.length
  const lower = new Float64Array(size * size)
  const at = (row: number, column: number) => lower[row * size + column] as number
  // The square keeps a kernel a kernel, and lets far lines say little.
  const kernel = (value: number) => value * value
  const weights = Float64Array.from(asked, kernel)
  // Cholesky's decomposition; both triangular systems are solved in place.
  for (let row = 0; row < size; row++) {
    const above = row * size
    for (let column = 0; column < row; column++) {
      const left = column * size
      let value = kernel(alike[above + column] as number)
      for (let i = 0; i < column; i++) value -= (lower[above + i] as number) * (lower[left + i] as number)
      lower[above + column] = value / at(column, column)
    }
    let value = kernel(alike[above + row] as number) + DOUBT
    for (let i = 0; i < row; i++) value -= at(row, i) ** 2
    lower[above + row] = Math.sqrt(Math.max(value, DOUBT / 2))
  }
  for (let row = 0; row < size; row++) {
    let value = weights[row] as number
    for (let i = 0; i < row; i++) value -= at(row, i) * (weights[i] as number)
    weights[row] = value / at(row, row)
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = weights[row] as number
    for (let i = row + 1; i < size; i++) value -= at(i, row) * (weights[i] as number)
    weights[row] = value / at(row, row)
  }
  return weights
}
