/** A browser without a window: follows redirects with its cookies, and sends the forms that it meets. */

const maxPages = 12;

/**
 * @param redirectUri - where it ends
 * @param fill - a page → what is sent to the address that its form names, or back to the same one
 * @returns what the client is sent back with
 */
export async function followPages(
  start: URL,
  redirectUri: string,
  fill: (html: string) => URLSearchParams,
): Promise<URLSearchParams> {
  const cookies = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: form }),
    });
    for (const text of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      cookies.set(name, value);
    }
    const body = await response.text();
    const location = response.headers.get('location');
    form = location === null ? fill(body) : undefined;
    url = new URL(location ?? /<form[^>]* action="([^"]+)"/.exec(body)?.[1] ?? '', url);
    if (url.href.startsWith(redirectUri)) return url.searchParams;
  }
  throw new Error('the pages have no end');
}
