import { renderToString } from "react-dom/server"
import { text } from "node:stream/consumers"
import { type EntryContext, isRouteErrorResponse, type RouterContextProvider, ServerRouter } from "react-router"
import { Handed } from "./parts/handed.ts"
import { visitContext } from "./visit-context.ts"

export { visitContext }

/**
 * Answers with the whole page at once: pages are small, and what is whole can have its status. Loaders have answered before, so nothing in it is waited for, and a
 * text is made in half the time of a stream.
 */
export default async function render(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce } = context.get(visitContext)
  const { serverHandoffStream: handed, ...rest } = entry
  const page = renderToString(
    <Handed value={handed && (await text(handed))}>
      <ServerRouter context={rest} url={request.url} nonce={nonce} />
    </Handed>,
  )
  headers.set("content-type", "text/html; charset=utf-8")
  return new Response(`<!DOCTYPE html>${page}`, { headers, status })
}

/** What broke goes to the log without what the person typed; what they asked for and is not there is no fault. */
export function handleError(error: unknown, { request, context }: { request: Request; context: Readonly<RouterContextProvider> }): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return
  const { log, requestId } = context.get(visitContext)
  log.error({ requestId, err: error instanceof Error ? error : new Error("thrown") }, "a page broke")
}
