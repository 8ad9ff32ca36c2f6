/** What a recipient hears: one box for each thing. */
import type { JSX } from 'preact';
import type { NoticeChoice, WishesView } from '../../shared/contract/channel.ts';
import { choiceWords } from '../../shared/notice-words.ts';

const choices = Object.keys(choiceWords) as NoticeChoice[];

export function WishesEditor(props: {
  title: string;
  on: WishesView;
  isDisabled?: boolean;
  onChange: (on: WishesView) => void;
}): JSX.Element {
  return (
    <fieldset class="wishes">
      <legend>{props.title}</legend>
      {choices.map((choice) => (
        <label key={choice} class="check">
          <input
            type="checkbox"
            checked={props.on[choice]}
            disabled={props.isDisabled === true}
            onChange={(event) => props.onChange({ ...props.on, [choice]: event.currentTarget.checked })}
          />
          <span>{choiceWords[choice]}</span>
        </label>
      ))}
    </fieldset>
  );
}
