/** Media types: `application/problem+json; charset=utf-8`, and what they mean for a body. */

/** Lower case, without parameters. */
export function toEssence(mediaType: string): string {
  const end = mediaType.indexOf(';');
  return (end < 0 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase();
}

/** `application/json`, `application/problem+json`, `application/x-amz-json-1.1`; no lines of JSON. */
export function isJsonType(mediaType: string): boolean {
  return /[/+.-]json(?:-\d+(?:\.\d+)?)?$/.test(toEssence(mediaType));
}

/** Bodies made of named texts and files: `application/x-www-form-urlencoded` and multipart. */
export function isFormType(mediaType: string): boolean {
  return /^(?:application\/x-www-form-urlencoded$|multipart\/)/.test(toEssence(mediaType));
}
