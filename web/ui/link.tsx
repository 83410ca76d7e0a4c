import type { AnchorHTMLAttributes, Ref } from 'react'
import { Link as Anchor } from 'wouter'
import { addressOf, type Target } from '../platform/navigation.ts'

type Own = {
  readonly className?: string | undefined
  readonly ref?: Ref<HTMLAnchorElement>
  /** Keeps the scroll position: for items that open beside their list. */
  readonly stays?: boolean
}

/** The target of a link, and the attributes of its anchor. */
export type LinkProps = Target & Own & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'className' | 'title'>

/** A link to another screen: `<Link to="/news/:news/readers" params={{ news: news.id }}>`. */
export const Link = ({ to, params, search, stays, ...rest }: LinkProps) => (
  <Anchor {...rest} href={addressOf({ to, params, search } as Target)} state={stays ? { stays } : undefined} />
)
