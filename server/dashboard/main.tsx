/** Starts the dashboard in its page. */
import { render } from 'preact';
import '../../shared/ui/style.css';
import { App } from './app.tsx';

const place = document.getElementById('app');
if (place !== null) render(<App />, place);
