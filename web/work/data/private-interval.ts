/** Milliseconds between two private reads, for somebody who looks. */
export const privateInterval = 180_000
