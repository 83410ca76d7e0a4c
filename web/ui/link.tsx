import type { AnchorHTMLAttributes, Ref } from 'react'
import { Link as Anchor } from 'wouter'
import { addressOf, type Target } from '../platform/navigation.ts'

type Own = {
  readonly className?: string | undefined
  readonly ref?: Ref<HTMLAnchorElement>
  /** The page stays where it is scrolled to, as it does beside a list. */
  readonly stays?: boolean
}

/** Where a link leads, and what an anchor has besides. */
export type LinkProps = Target & Own & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'className' | 'title'>

/** Leads to another screen: `<Link to="/news/:news/readers" params={{ news: news.id }}>`. */
export const Link = ({ to, params, search, stays, ...rest }: LinkProps) => (
  <Anchor {...rest} href={addressOf({ to, params, search } as Target)} state={stays ? { stays } : undefined} />
)
