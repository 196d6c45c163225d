/**
 * The number before the first of a suite's own: always the same on a system of its own, so that nothing hangs on luck. On one that runs on
 * (`MILA_URL`) numbers of former runs are taken: there it is one of `many`.
 */
export const firstOf = (least: number, many: number): number =>
  least + (process.env["MILA_URL"] === undefined ? 0 : Math.floor(Math.random() * many))
