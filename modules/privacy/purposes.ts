/**
 * What people's data is processed for. `contract`: needed for the programme a person joined (article 6 of Law 99-З), ends when they leave. `consent`: asked
 * for itself, refused without harm, withdrawn in one touch; holds so many months and is asked for anew before they are over (`renewalsOf`).
 */
export const PURPOSES = {
  programme: { basis: "contract", months: null },
  policy: { basis: "contract", months: null },
  ads_sms: { basis: "consent", months: 36 },
  ads_email: { basis: "consent", months: 36 },
  ads_push: { basis: "consent", months: 36 },
  profiling: { basis: "consent", months: 36 },
  partner_card: { basis: "consent", months: 36 },
  child: { basis: "consent", months: null },
} as const satisfies Record<string, { basis: "contract" | "consent"; months: number | null }>

export type Purpose = keyof typeof PURPOSES

export const isPurpose = (text: string): text is Purpose => Object.hasOwn(PURPOSES, text)

/** Nobody becomes a member without these. */
export const NEEDED: readonly Purpose[] = ["programme", "policy"]

/** What a person may agree to beside them, unticked, each for itself. */
export const ASKED: readonly Purpose[] = ["ads_sms", "ads_email", "ads_push", "profiling"]
