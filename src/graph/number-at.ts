/** A number of an array of numbers, at an index that is in range; the type of such an array cannot say so. */
export function numberAt(numbers: Int32Array, index: number): number {
  return numbers[index] as number;
}
