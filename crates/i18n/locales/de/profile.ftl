## Das Profil zur Registrierung von iPhones und iPads, wie deren Einstellungen es zeigen.

profile-title = Geräteverwaltung von { $organization }
profile-description = Stellt dieses Gerät unter die Verwaltung von { $organization }.
profile-consent = Mit diesem Profil kann { $organization } technische Angaben über dieses Gerät sehen, es sperren und entfernen, was eingerichtet wurde. Ein Gerät der Organisation kann auch vollständig gelöscht werden. Sie können das Profil jederzeit in den Einstellungen entfernen; dann endet die Verwaltung.
