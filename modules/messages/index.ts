// The public face of messages to people: queue one, see what waits, say what became of it.
export { outboxOf, queueMessage, recordDelivery, takeQueued, type Channel, type OutboxMessage } from "./outbox.ts"
export { render, type Rendered, type Template, type TemplateParams, TEMPLATES } from "./templates.ts"
export type { MessageRefusal } from "./refusals.ts"
