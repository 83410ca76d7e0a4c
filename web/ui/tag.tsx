import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import styles from './tag.module.css'

/** `late`: late or urgent. `soon`: due soon. `done`: completed. `plain`: anything else. */
export type TagTone = 'plain' | 'soon' | 'late' | 'done'

/** A state in one or two words; the colour adds no information of its own. */
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
