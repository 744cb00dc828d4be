package net.rollcall.agent;

import android.content.Context;
import android.location.Location;
import android.location.LocationListener;
import android.location.LocationManager;
import android.os.Build;
import android.os.Bundle;
import android.os.Looper;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.rollcall.core.CommandFailed;
import net.rollcall.core.Json;
import org.json.JSONException;
import org.json.JSONObject;

/** Finds out where the phone is. */
final class Position {
    /** Good enough to end the search, in metres: with and without high accuracy. */
    private static final float FINE_M = 25;
    private static final float COARSE_M = 200;
    /** A position that the phone knew before is of use up to this age. */
    private static final long KNOWN_MS = 10 * 60 * 1000L;

    private final Context context;
    private final Rights rights;
    private final LocationManager manager;

    Position(Context context, Rights rights) {
        this.context = context;
        this.rights = rights;
        this.manager = context.getSystemService(LocationManager.class);
    }

    JSONObject find(boolean isHighAccuracy, int timeoutS) throws CommandFailed, JSONException, InterruptedException {
        if (!rights.has(Rights.Right.LOCATION)) {
            throw new CommandFailed("permission_missing", "The agent may not use the location of this phone.");
        }
        switchOn();
        Search search = new Search(isHighAccuracy ? FINE_M : COARSE_M);
        int sources = 0;
        try {
            for (String provider : manager.getProviders(true)) {
                if (!provider.equals(LocationManager.PASSIVE_PROVIDER)) {
                    manager.requestLocationUpdates(provider, 0, 0, search, Looper.getMainLooper());
                    search.consider(known(provider));
                    sources++;
                }
            }
            if (sources > 0) {
                search.await(timeoutS);
            }
        } catch (SecurityException e) {
            throw new CommandFailed("permission_missing", "Android lets the agent use the location only while it is open.");
        } finally {
            manager.removeUpdates(search);
        }
        Location best = search.best();
        if (best == null) {
            throw new CommandFailed("location_unavailable", sources == 0
                    ? "Location is switched off on this phone."
                    : "The phone found no position in " + timeoutS + " seconds.");
        }
        return describe(best);
    }

    /** The owner of a phone may switch the location on. */
    private void switchOn() throws CommandFailed {
        if (Build.VERSION.SDK_INT < 28 || manager.isLocationEnabled()) {
            return;
        }
        if (Build.VERSION.SDK_INT < 30 || !rights.isOwner()) {
            throw new CommandFailed("location_unavailable", "Location is switched off on this phone.");
        }
        context.getSystemService(android.app.admin.DevicePolicyManager.class).setLocationEnabled(rights.admin(), true);
    }

    /** A position that a source knew already, unless it is old. */
    private Location known(String provider) {
        Location known = manager.getLastKnownLocation(provider);
        boolean isYoung = known != null && System.currentTimeMillis() - known.getTime() < KNOWN_MS;
        return isYoung ? known : null;
    }

    private static JSONObject describe(Location location) throws JSONException {
        JSONObject position = new JSONObject().put("latitude", location.getLatitude())
                .put("longitude", location.getLongitude()).put("at", Json.time(location.getTime()));
        if (location.hasAccuracy()) {
            position.put("accuracy_m", location.getAccuracy());
        }
        return position;
    }

    /** Collects positions until one is good enough. Android calls it on the main thread. */
    private static final class Search implements LocationListener {
        private final float enough;
        private final CountDownLatch done = new CountDownLatch(1);
        private Location best;
        /** Whether the best one is of an earlier time: the phone may be elsewhere by now. */
        private boolean isRemembered;

        Search(float enough) {
            this.enough = enough;
        }

        /** Takes a position that was known before: better than none, never enough. */
        synchronized void consider(Location known) {
            if (known != null && best == null) {
                best = known;
                isRemembered = true;
            }
        }

        @Override
        public synchronized void onLocationChanged(Location location) {
            if (best == null || isRemembered || accuracy(location) <= accuracy(best)) {
                best = location;
                isRemembered = false;
            }
            if (accuracy(location) <= enough) {
                done.countDown();
            }
        }

        @Override
        public void onProviderEnabled(String provider) {}

        @Override
        public void onProviderDisabled(String provider) {}

        @Override
        public void onStatusChanged(String provider, int status, Bundle extras) {}

        void await(int seconds) throws InterruptedException {
            if (!done.await(seconds, TimeUnit.SECONDS)) {
                Log.line("no position was good enough; the best one counts");
            }
        }

        synchronized Location best() {
            return best;
        }

        private static float accuracy(Location location) {
            return location.hasAccuracy() ? location.getAccuracy() : Float.MAX_VALUE;
        }
    }
}
