import { Component, type ReactNode } from 'react'
import { Broken } from './fallbacks.tsx'

type Props = { readonly at: string; readonly children: ReactNode }
type State = { readonly at: string; readonly isBroken: boolean }

/** Shows that a screen threw, until one goes elsewhere. */
export class Boundary extends Component<Props, State> {
  override state: State = { at: this.props.at, isBroken: false }

  static getDerivedStateFromError(): Partial<State> {
    return { isBroken: true }
  }

  static getDerivedStateFromProps({ at }: Props, state: State): State | null {
    return at === state.at ? null : { at, isBroken: false }
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children
  }
}
