package net.rollcall.core;

/** A fake device whose clock is that of this machine. */
final class AwakeHost extends FakeHost {
    private boolean isPauseOver;

    @Override
    public long now() {
        return System.currentTimeMillis();
    }

    @Override
    public long elapsed() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public void pause(long ms) throws InterruptedException {
        if (sleeper != null) {
            sleeper.sleep(ms);
        }
        sleep(ms);
    }

    private synchronized void sleep(long ms) throws InterruptedException {
        long end = elapsed() + ms;
        for (long left = ms; left > 0 && !isPauseOver; left = end - elapsed()) {
            wait(left);
        }
        isPauseOver = false;
    }

    @Override
    public synchronized void endPause() {
        isPauseOver = true;
        notifyAll();
    }
}
