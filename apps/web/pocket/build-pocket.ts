export async function buildPocket(): Promise<void> {}
