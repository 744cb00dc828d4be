package net.rollcall.agent;

import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyPermanentlyInvalidatedException;
import android.security.keystore.KeyProperties;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.ProviderException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.GCMParameterSpec;
import net.rollcall.core.Seal;

/** Seals with a key of the Android Keystore, which never leaves the phone: AES-256 in GCM. */
final class KeystoreSeal implements Seal {
    private static final String STORE = "AndroidKeyStore";
    private static final String ALIAS = "memory";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BITS = 256;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    @Override
    public byte[] seal(byte[] plain) throws IOException {
        try {
            Key key = key();
            Cipher cipher = Cipher.getInstance(CIPHER);
            // The keystore chooses the nonce.
            cipher.init(Cipher.ENCRYPT_MODE, key == null ? make() : key);
            byte[] nonce = cipher.getIV();
            byte[] sealed = cipher.doFinal(plain);
            byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
            return both;
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IOException("the key cannot be used", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed) throws IOException {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            return null;
        }
        try {
            Key key = key();
            if (key == null) {
                return null; // sealed on another phone, or before the app was installed again
            }
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
            return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException | KeyPermanentlyInvalidatedException e) {
            return null;
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IOException("the key cannot be used", e);
        }
    }

    /** Null when there is none. */
    private static Key key() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(STORE);
        store.load(null);
        return store.getKey(ALIAS, null);
    }

    private static Key make() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, STORE);
        int purposes = KeyProperties.PURPOSE_ENCRYPT | KeyProperties.PURPOSE_DECRYPT;
        generator.init(new KeyGenParameterSpec.Builder(ALIAS, purposes).setKeySize(KEY_BITS)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE).build());
        return generator.generateKey();
    }
}
