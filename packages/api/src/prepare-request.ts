/** A call and a page of it → the request that goes out: arguments checked, credentials read, files loaded. */
import { readArguments } from './arguments/read-arguments.ts';
import { placeCredentials } from './auth/place-credentials.ts';
import type { PageRequest } from './pages/follow-pages.ts';
import { toPageUrl } from './pages/page-url.ts';
import { buildRequest } from './request/build-request.ts';
import { encodeBody } from './request/encode-body.ts';
import type { Session } from './session.ts';
import { orAborted } from './transport/deadline.ts';
import type { Deadline } from './transport/deadline.ts';
import type { OutgoingRequest } from './transport/send-request.ts';

export async function prepareRequest(
  session: Session,
  page: PageRequest,
  deadline: Deadline,
): Promise<OutgoingRequest> {
  const { call, execution, limits, ownOrigins } = session;
  const { command, entry, schemas, securitySchemes: schemes, readFile } = call;
  const given = readArguments(command, page.arguments);
  const placing = placeCredentials({ execution, schemes, entry }, session.credentials);
  const credentials = await orAborted(placing, deadline);
  const plan = buildRequest({
    command,
    entry,
    schemas,
    given,
    credentials,
    extraHeaders: call.extraHeaders ?? {},
    // Later pages are other requests than the first one: its key must not answer for them.
    idempotencyKey: page.isFirst ? call.idempotencyKey : undefined,
  });
  const body =
    plan.body && (await encodeBody(plan.body, { readFile, maxRequestBytes: limits.maxRequestBytes }));
  return {
    method: plan.method,
    url: page.link === undefined ? plan.url : toPageUrl(page.link, plan.url, credentials.query, ownOrigins),
    headers: body === undefined ? plan.headers : { ...plan.headers, ...body.headers },
    body: body?.bytes,
  };
}
