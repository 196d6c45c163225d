/** Somebody stopped the import while it ran: what was done stays, nothing more is. */
export class Stopped extends Error {
  constructor() {
    super("the import was stopped")
    this.name = "Stopped"
  }
}
