/** Starts the playground in its page. */
import { render } from 'preact';
import '../../../shared/ui/style.css';
import './playground.css';
import { Playground } from './playground.tsx';

const place = document.getElementById('app');
if (place !== null) render(<Playground />, place);
