/** Which features an example has, and how strongly; the constant is not among them. */
export type Features = ReadonlyMap<string, number>;

export interface Example {
  features: Features;
  /** 1, 0, or between them where it was only partly so. */
  target: number;
}

export interface Weights {
  constant: number;
  byFeature: ReadonlyMap<string, number>;
}

const maxSteps = 30;
const closeEnough = 1e-9;

/**
 * Logistic regression with a Gaussian prior on each weight (a larger `penalty` pulls harder to "makes no
 * difference"), so that what was seen a few times moves little. Newton's method: the loss is convex, the result is
 * the same every time. The constant is free: how much is accepted on the whole is no preference.
 */
export function fitLogistic(examples: readonly Example[], penalty: number): Weights {
  const names = [...new Set(examples.flatMap(({ features }) => [...features.keys()]))].sort();
  const place = new Map(names.map((name, index) => [name, index + 1]));
  const rows = examples.map(({ features, target }) => ({
    cells: [[0, 1], ...[...features].map(([name, value]) => [place.get(name)!, value])] as [number, number][],
    target,
  }));
  const size = names.length + 1;
  const penalties = Array.from({ length: size }, (_, index) => (index === 0 ? 1e-6 : penalty));
  const weights = new Array<number>(size).fill(0);
  for (let step = 0; step < maxSteps; step++) {
    const gradient = weights.map((weight, index) => penalties[index]! * weight);
    const curvature = penalties.map((own, row) => penalties.map((_, column) => (row === column ? own : 0)));
    for (const { cells, target } of rows) {
      const chance = sigmoid(cells.reduce((sum, [index, value]) => sum + weights[index]! * value, 0));
      for (const [row, value] of cells) {
        gradient[row]! += (chance - target) * value;
        for (const [column, other] of cells) {
          curvature[row]![column]! += chance * (1 - chance) * value * other;
        }
      }
    }
    const change = solve(curvature, gradient);
    // A step of at most 1 a weight: far from the optimum Newton's may overshoot.
    const scale = Math.min(1, 1 / Math.max(...change.map(Math.abs)));
    for (const [index, by] of change.entries()) weights[index]! -= by * scale;
    if (Math.max(...change.map(Math.abs)) < closeEnough) break;
  }
  return {
    constant: weights[0]!,
    byFeature: new Map(names.map((name, index) => [name, weights[index + 1]!])),
  };
}

/** How much of the target is to be expected, 0 to 1; features that were never seen make no difference. */
export function chanceOf({ constant, byFeature }: Weights, features: Features): number {
  let sum = constant;
  for (const [name, value] of features) sum += (byFeature.get(name) ?? 0) * value;
  return sigmoid(sum);
}

const sigmoid = (sum: number) => 1 / (1 + Math.exp(-sum));

/** Solves a symmetric positive definite system (Gauss; such a matrix needs no pivoting). */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    const top = rows[pivot]!;
    for (let row = pivot + 1; row < size; row++) {
      const factor = rows[row]![pivot]! / top[pivot]!;
      if (factor === 0) continue;
      for (let column = pivot; column <= size; column++) rows[row]![column]! -= factor * top[column]!;
    }
  }
  const result = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let sum = rows[row]![size]!;
    for (let column = row + 1; column < size; column++) sum -= rows[row]![column]! * result[column]!;
    result[row] = sum / rows[row]![row]!;
  }
  return result;
}
