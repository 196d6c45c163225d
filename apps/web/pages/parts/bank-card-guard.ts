// the same rule as the server's, so that both say no to the same texts
export { looksLikeBankCardNumber as looksLikeBankCard } from "@mila/kernel/bank-card-guard"
