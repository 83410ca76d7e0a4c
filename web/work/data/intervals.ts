/** Milliseconds between two private reads of the work, for somebody who looks at the notebook. */
export const privateInterval = 180_000

/** The same on Home, which asks for what is private of the news too: there it need not be of this minute. */
export const homeInterval = 30 * 60_000
