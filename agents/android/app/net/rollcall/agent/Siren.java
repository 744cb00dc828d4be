package net.rollcall.agent;

import android.content.Context;
import android.media.AudioAttributes;
import android.media.AudioManager;
import android.media.MediaPlayer;
import android.media.RingtoneManager;
import android.net.Uri;
import android.os.Handler;
import android.os.Looper;
import android.os.VibrationEffect;
import android.os.Vibrator;
import java.io.IOException;
import net.rollcall.core.CommandFailed;

/** Makes the phone ring, as loud as its alarm can be, until the time is over or the person stops it. */
final class Siren {
    /** The sounds to try, in this order: a phone may have no alarm. */
    private static final int[] SOUNDS = {
        RingtoneManager.TYPE_ALARM, RingtoneManager.TYPE_RINGTONE, RingtoneManager.TYPE_NOTIFICATION
    };
    /** Half a second on, half a second off. */
    private static final long[] RHYTHM_MS = {0, 500, 500};

    private final Context context;
    private final Notices notices;
    private final Handler main = new Handler(Looper.getMainLooper());
    private final Runnable end = new Runnable() {
        @Override
        public void run() {
            stop();
        }
    };
    private MediaPlayer player;
    /** The volume before it rang, or -1 while it does not ring. */
    private int volumeBefore = -1;

    Siren(Context context, Notices notices) {
        this.context = context;
        this.notices = notices;
    }

    synchronized void start(int seconds) throws CommandFailed {
        stop();
        AudioManager audio = context.getSystemService(AudioManager.class);
        Vibrator vibrator = context.getSystemService(Vibrator.class);
        volumeBefore = audio.getStreamVolume(AudioManager.STREAM_ALARM);
        setVolume(audio, audio.getStreamMaxVolume(AudioManager.STREAM_ALARM));
        player = play();
        boolean vibrates = vibrator != null && vibrator.hasVibrator();
        if (player == null && !vibrates) {
            stop();
            throw CommandFailed.failed("This phone has no sound to ring with, and does not vibrate.");
        }
        if (vibrates) {
            vibrator.vibrate(VibrationEffect.createWaveform(RHYTHM_MS, 0));
        }
        notices.showRinging();
        main.postDelayed(end, seconds * 1000L);
    }

    synchronized void stop() {
        main.removeCallbacks(end);
        if (volumeBefore < 0) {
            return;
        }
        if (player != null) {
            player.release();
            player = null;
        }
        Vibrator vibrator = context.getSystemService(Vibrator.class);
        if (vibrator != null) {
            vibrator.cancel();
        }
        setVolume(context.getSystemService(AudioManager.class), volumeBefore);
        volumeBefore = -1;
        notices.hideRinging();
    }

    /** Null when none of the sounds can be played. */
    private MediaPlayer play() {
        for (int sound : SOUNDS) {
            Uri uri = RingtoneManager.getDefaultUri(sound);
            if (uri == null) {
                continue;
            }
            MediaPlayer candidate = new MediaPlayer();
            try {
                candidate.setAudioAttributes(new AudioAttributes.Builder().setUsage(AudioAttributes.USAGE_ALARM)
                        .setContentType(AudioAttributes.CONTENT_TYPE_SONIFICATION).build());
                candidate.setDataSource(context, uri);
                candidate.setLooping(true);
                candidate.prepare();
                candidate.start();
                return candidate;
            } catch (IOException | SecurityException | IllegalStateException e) {
                candidate.release();
                Log.line("a sound of this phone cannot be played: " + e.getClass().getName());
            }
        }
        return null;
    }

    private static void setVolume(AudioManager audio, int volume) {
        try {
            audio.setStreamVolume(AudioManager.STREAM_ALARM, volume, 0);
        } catch (SecurityException e) {
            // "Do not disturb" keeps the volume as it is; what can be heard then is up to the person.
            Log.line("the volume cannot be changed now");
        }
    }
}
