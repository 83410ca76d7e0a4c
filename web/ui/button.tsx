import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './button.module.css'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import { Link, type LinkProps } from './link.tsx'

/** `primary`: the one thing a screen is for. `plain`: what else can be done. `quiet`: beside text. `danger`: takes something away. */
export type ButtonVariant = 'primary' | 'plain' | 'quiet' | 'danger'

type Face = {
  readonly variant?: ButtonVariant
  readonly icon?: IconName
  /** Shows the icon alone; the words are for screen readers. */
  readonly bare?: boolean
  readonly wide?: boolean
  readonly children: ReactNode
}

const faceOf = ({ variant = 'plain', bare = false, wide = false }: Face, more?: string) =>
  classes(styles.button, styles[variant], bare && styles.bare, wide && styles.wide, more)

const Content = ({ icon, bare, children }: Face) => (
  <>
    {icon && <Icon name={icon} size={bare ? 24 : 20} />}
    <span className={bare ? styles.words : undefined}>{children}</span>
  </>
)

export type ButtonProps = Face &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
    /** The action is under way: pressing again does nothing. */
    readonly busy?: boolean
    readonly ref?: Ref<HTMLButtonElement>
  }

/** A button that acts on this screen. */
export const Button = ({
  variant,
  icon,
  bare,
  wide,
  busy,
  children,
  className,
  onClick,
  type,
  ...rest
}: ButtonProps) => {
  const face: Face = {
    ...(variant && { variant }),
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
      <Content {...face} />
    </button>
  )
}

/** A link to another screen that looks like a button: `<LinkButton to="/news/write" variant="primary">`. */
export const LinkButton = ({ variant, icon, bare, wide, children, className, ...rest }: Face & LinkProps) => {
  const face: Face = {
    ...(variant && { variant }),
    ...(icon && { icon }),
    ...(bare && { bare }),
    ...(wide && { wide }),
    children,
  }
  return (
    <Link {...rest} className={faceOf(face, className)}>
      <Content {...face} />
    </Link>
  )
}

/** A link that saves a file, and looks like a button. `name`: under which it is saved. */
export const FileButton = ({ href, name, ...face }: Face & { readonly href: string; readonly name: string }) => (
  <a href={href} download={name} className={faceOf(face)}>
    <Content {...face} />
  </a>
)
