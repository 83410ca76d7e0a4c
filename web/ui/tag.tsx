import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import styles from './tag.module.css'

/** `late`: late or urgent. `soon`: due soon. `done`: settled. `plain`: anything else. */
export type TagTone = 'plain' | 'soon' | 'late' | 'done'

/** A state in a word or two: its colour says no more than the word does. */
export const Tag = ({
  tone = 'plain',
  icon,
  children,
}: {
  readonly tone?: TagTone
  readonly icon?: IconName
  readonly children: ReactNode
}) => (
  <span className={classes(styles.tag, styles[tone])}>
    {icon && <Icon name={icon} size={16} />}
    {children}
  </span>
)
