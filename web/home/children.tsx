import { Fragment, useMemo } from 'react'
import type { Me } from '../../shared/session/contract.ts'
import { useTexts } from '../platform/catalogue.ts'
import { ChildMark, childFaces } from '../ui/child-mark.tsx'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import styles from './home-screen.module.css'
import type { MergedHome } from './merge.ts'
import { texts } from './texts.ts'

/** A guardian's children, each once, with where they are: schools are named where the children go to several. */
const childrenOf = ({ children, schools }: Me) => {
  const isOfSeveral = new Set(children.map(({ uai }) => uai)).size > 1
  const nameOf = (uai: string) => schools.find(school => school.uai === uai)?.name
  return [...new Map(children.map(child => [child.id, child])).values()].map(({ id, givenName }) => ({
    id,
    givenName,
    places: children.flatMap(child =>
      child.id === id
        ? [[child.className, isOfSeveral ? nameOf(child.uai) : undefined].filter(Boolean).join(' · ')]
        : [],
    ),
  }))
}

/** A card for each child: who, where, and what each feature has for them. */
export const Children = ({ me, of }: { readonly me: Me; readonly of: MergedHome['ofChild'] }) => {
  const t = useTexts(texts)
  const faces = useMemo(() => childFaces(me.children), [me.children])
  const all = useMemo(() => childrenOf(me), [me])
  const [first] = of
  if (all.length === 0) return null
  return (
    <section className={styles.children} aria-label={t('home.children')}>
      {all.map(({ id, givenName, places }) => {
        const face = faces.get(id)
        const head = (
          <>
            {face && <ChildMark face={face} silent />}
            <span className={styles.childWords}>
              <span className={styles.childName}>{givenName}</span>{' '}
              <span className={styles.soft}>{places.filter(Boolean).join(', ')}</span>
            </span>
          </>
        )
        return (
          <article key={id} className={styles.child}>
            {first ? (
              <Link {...first.to(id)} className={styles.childHead}>
                {head}
                <Icon name="next" size={20} />
              </Link>
            ) : (
              <p className={styles.childHead}>{head}</p>
            )}
            {of.map(({ body }, at) => (
              <Fragment key={String(at)}>{body?.(id)}</Fragment>
            ))}
            {of.some(({ foot }) => foot) && (
              <div className={styles.childFoot}>
                {of.map(({ foot }, at) => (
                  <Fragment key={String(at)}>{foot?.(id)}</Fragment>
                ))}
              </div>
            )}
          </article>
        )
      })}
    </section>
  )
}
