/** The roles in which people publish. */
export const publishers = ['teacher', 'pupil-life', 'head', 'administrator'] as const
