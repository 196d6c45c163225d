export type Means = "tick" | "code" | "paper" | "link" | "message" | "request" | "merge" | "unlinking" | "leaving"
export type ConsentDoor = "web" | "app" | "office" | "till" | "mail" | "sms"
export type RequestKind = "information" | "disclosures" | "correction" | "withdrawal" | "deletion"
export type RequestState = "open" | "answered" | "refused"

/** Why a request is refused; the law wants the reasons told. `asked_this_year`: the list of recipients is due once a calendar year (article 12). */
export const GROUNDS = ["identity_unproven", "kept_by_law", "asked_this_year", "not_processed", "unfounded"] as const
export type Ground = (typeof GROUNDS)[number]
