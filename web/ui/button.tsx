import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './button.module.css'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import { Link, type LinkProps } from './link.tsx'

/** `primary`: the one thing a screen is for. `plain`: what else can be done. `quiet`: beside text. `danger`: takes something away. */
export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

type Face = {
  readonly look?: ButtonLook
  readonly icon?: IconName
  /** Shows the icon alone; the words are read out. */
  readonly bare?: boolean
  readonly wide?: boolean
  readonly children: ReactNode
}

const faceOf = ({ look = 'plain', bare = false, wide = false }: Face, more?: string) =>
  classes(styles.button, styles[look], bare && styles.bare, wide && styles.wide, more)

const Inside = ({ icon, bare, children }: Face) => (
  <>
    {icon && <Icon name={icon} size={bare ? 24 : 20} />}
    <span className={bare ? styles.words : undefined}>{children}</span>
  </>
)

export type ButtonProps = Face &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
    /** What was asked for is under way: pressed again, nothing happens. */
    readonly busy?: boolean
    readonly ref?: Ref<HTMLButtonElement>
  }

/** Does something on this screen. */
export const Button = ({ look, icon, bare, wide, busy, children, className, onClick, type, ...rest }: ButtonProps) => {
  const face: Face = {
    ...(look && { look }),
    ...(icon && { icon }),
    ...(bare && { bare }),
    ...(wide && { wide }),
    children,
  }
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={faceOf(face, classes(busy && styles.busy, className))}
      aria-disabled={busy || undefined}
      onClick={event => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      <Inside {...face} />
    </button>
  )
}

/** Goes to another screen, and looks like a button: `<LinkButton to="/news/write" look="primary">`. */
export const LinkButton = ({ look, icon, bare, wide, children, className, ...rest }: Face & LinkProps) => {
  const face: Face = {
    ...(look && { look }),
    ...(icon && { icon }),
    ...(bare && { bare }),
    ...(wide && { wide }),
    children,
  }
  return (
    <Link {...rest} className={faceOf(face, className)}>
      <Inside {...face} />
    </Link>
  )
}
