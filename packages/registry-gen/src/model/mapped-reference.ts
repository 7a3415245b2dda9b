/** The mapping of a discriminator may name a schema of the components by its name alone. */
export function toMappedReference(target: string): string {
  return /[#/.]/.test(target) ? target : `#/components/schemas/${target}`;
}
