/** `['steps', 2, 'with', 'a b']` → `$.steps[2].with["a b"]` */
export function formatPath(path: readonly (string | number)[]): string {
  const parts = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return `$${parts.join('')}`;
}
