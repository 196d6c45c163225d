import { type Gateway, postForm, reasonIn, type Said } from "./gateway.ts"

/**
 * sms.by: `POST /api/v1/sendQuickSMS`, as a form. It answers `{sms_id, status: "NEW"}`, or `{error}` with any status. `checkSMS` answers `{sms_id, sent,
 * delivered}`, the moments in seconds or 0; it has no word for what never arrives. `url` is the host, e.g. https://app.sms.by; `alphaname` the number of a
 * registered sender, null for the provider's own.
 */
export function smsBy({ url, token, alphaname }: { url: string; token: string; alphaname: string | null }): Gateway {
  return {
    ...{ name: "smsby", channel: "sms" },
    async send({ to, text }): Promise<Said> {
      const heard = await postForm(new URL("/api/v1/sendQuickSMS", url).href, {
        ...{ token, message: text, phone: to.replace(/\D/g, "") },
        ...(alphaname === null ? {} : { alphaname_id: alphaname }),
      })
      if ("why" in heard) return { said: "away", why: heard.why }
      const { sms_id: id, error } = heard.body
      if (error !== undefined) {
        const why = reasonIn(error)
        return { said: /phone|number|номер/i.test(why) ? "refused" : "away", why }
      }
      if (heard.status !== 200 || (typeof id !== "number" && typeof id !== "string")) return { said: "away", why: `status ${heard.status}` }
      return { said: "taken", id: String(id) }
    },
    async ask(id) {
      const heard = await postForm(new URL("/api/v1/checkSMS", url).href, { token, sms_id: id })
      if ("why" in heard || heard.status !== 200) return undefined
      const { error, delivered } = heard.body
      if (error !== undefined || delivered === undefined) return undefined
      return /[1-9]/.test(JSON.stringify(delivered)) ? "delivered" : "under_way"
    },
  }
}
