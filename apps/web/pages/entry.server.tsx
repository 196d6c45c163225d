import { renderToPipeableStream } from "react-dom/server"
import { buffer } from "node:stream/consumers"
import { type EntryContext, isRouteErrorResponse, type RouterContextProvider, ServerRouter } from "react-router"
import { PassThrough } from "node:stream"
import { visitContext } from "./visit-context.ts"

export { visitContext }

/** Answers with the whole page at once: pages are small, and what is whole can have its status. */
export default function render(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce } = context.get(visitContext)
  return new Promise((resolve, reject) => {
    let code = status
    const { pipe } = renderToPipeableStream(<ServerRouter context={entry} url={request.url} nonce={nonce} />, {
      nonce,
      onAllReady() {
        headers.set("content-type", "text/html; charset=utf-8")
        const whole = buffer(pipe(new PassThrough()))
        whole.then((page) => resolve(new Response(page, { headers, status: code })), reject)
      },
      onShellError: reject,
      onError() {
        code = 500
      },
    })
  })
}

/** What broke goes to the log without what the person typed; what they asked for and is not there is no fault. */
export function handleError(error: unknown, { request, context }: { request: Request; context: Readonly<RouterContextProvider> }): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return
  const { log, requestId } = context.get(visitContext)
  log.error({ requestId, err: error instanceof Error ? error : new Error("thrown") }, "a page broke")
}
