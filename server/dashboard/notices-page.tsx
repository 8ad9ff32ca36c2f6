/** What the team was told, what a person wants to be told, and where else it goes. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Channels } from './channels.tsx';
import { NoticeList } from './notice-list.tsx';
import { OwnNoticesForm } from './own-notices.tsx';

export function NoticesPage(props: { onSeen: () => Promise<void> }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  // The page is new: who cannot see it hears where they are.
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <section aria-labelledby="notices-title">
        <div class="section-head">
          <h2 id="notices-title" ref={heading} tabIndex={-1}>
            Notices
          </h2>
        </div>
        <NoticeList onSeen={props.onSeen} />
      </section>
      <OwnNoticesForm />
      <Channels />
    </>
  );
}
