// The public face of messages to people: queue one, see what waits, carry it, say what became of it and whether it arrived.
export { type Carrier, deliverQueued, localCarrier, noCarrier } from "./carry.ts"
export {
  type Channel,
  MESSAGES_SETTLED,
  outboxOf,
  type OutboxMessage,
  queueMessage,
  recordDeliveries,
  type Settled,
  takeQueued,
} from "./outbox.ts"
export { advertisingSent, carriedBy, type Screen, type Verdict } from "./screen.ts"
export { sendQueued } from "./send.ts"
export { recordDeliveryReports } from "./delivery.ts"
export { jobs } from "./jobs.ts"
export type { Gateway } from "./gateways/gateway.ts"
export { rocketSms } from "./gateways/rocketsms.ts"
export { smsBy } from "./gateways/sms-by.ts"
export { smpp } from "./gateways/smpp.ts"
export { smtp } from "./gateways/smtp.ts"
export { classOf, type MessageClass, render, type Rendered, type Template, type TemplateParams, TEMPLATES } from "./templates.ts"
export type { MessageRefusal } from "./refusals.ts"
export { proof } from "./proof.ts"
