/** The same as `engines` in package.json; a test compares them. */
export const oldestNode = '22.19.0';

/** @param version - `24.21.0` */
export function isSupportedNode(version: string): boolean {
  const [wanted, given] = [oldestNode, version].map((text) => text.split('.').map(Number));
  const difference = wanted?.map((part, index) => (given?.[index] ?? 0) - part).find((part) => part !== 0);
  return (difference ?? 0) >= 0;
}
