/** The query by which Home reads publications: the newest that were published, whatever is scheduled or was taken back. */
export const ofHome = { only: 'published' } as const
