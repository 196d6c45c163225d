export type Means = "tick" | "code" | "paper" | "link" | "message" | "merge" | "leaving"
export type ConsentDoor = "web" | "app" | "office" | "till" | "mail"
export type RequestKind = "information" | "disclosures" | "correction" | "withdrawal" | "deletion"
export type RequestState = "open" | "answered" | "refused"
