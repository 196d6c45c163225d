import { refuserOf } from "@mila/kernel"

export type MessageRefusal =
  /** no message has this number */
  "message_not_found"

export const refuse = refuserOf<MessageRefusal>()
