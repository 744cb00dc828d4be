package net.rollcall.core;

import java.io.IOException;

/** Encrypts the agent's memory with a key that does not leave this device. */
public interface Seal {
    /**
     * Encrypts and authenticates.
     *
     * @throws IOException the key cannot be used now
     */
    byte[] seal(byte[] plain) throws IOException;

    /**
     * Decrypts what {@link #seal} made; null when this key did not seal it or it was changed: it can never be read
     * again.
     *
     * @throws IOException the key cannot be used now, for example because the phone was not unlocked since its start
     */
    byte[] open(byte[] sealed) throws IOException;
}
