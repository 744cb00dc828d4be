//! A scripted mail server on loopback: a real conversation, in which each reply can be replaced.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// What the server says to a command.
pub enum Say {
    /// What a friendly server says.
    Usual,
    /// This line.
    Line(&'static str),
    /// Nothing, for ever.
    Nothing,
    /// Nothing: it hangs up.
    HangUp,
}

/// Decides about each line of the client. The greeting is asked for with an empty line, the reply to a whole mail with
/// a dot.
type Script = dyn FnMut(&str) -> Say + Send;

/// A mail that the server took.
#[derive(Clone, Debug)]
pub struct Taken {
    pub to: String,
    pub content: String,
}

/// What has happened so far.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Every line that clients sent, without the content of mails.
    pub lines: Vec<String>,
    /// Every mail that was taken.
    pub mails: Vec<Taken>,
}

/// The mail server.
pub struct Smtp {
    pub address: SocketAddr,
    script: Arc<Mutex<Box<Script>>>,
    seen: watch::Sender<Seen>,
    serving: JoinHandle<()>,
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Smtp {
    /// A server that takes everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script: Arc<Mutex<Box<Script>>> = Arc::new(Mutex::new(Box::new(|_| Say::Usual)));
        let seen = watch::Sender::new(Seen::default());
        let (rules, noted) = (Arc::clone(&script), seen.clone());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&rules), noted.clone()));
            }
        });
        Self { address, script, seen, serving }
    }

    /// Replaces what it says from now on.
    pub fn say(&self, script: impl FnMut(&str) -> Say + Send + 'static) {
        *self.script.lock().unwrap() = Box::new(script);
    }

    /// Waits until what has happened meets a condition.
    pub async fn until(&self, condition: impl FnMut(&Seen) -> bool) -> Seen {
        let mut seen = self.seen.subscribe();
        tokio::time::timeout(Duration::from_secs(30), seen.wait_for(condition)).await.unwrap().unwrap().clone()
    }

    /// Waits until so many mails have been taken, and returns to whom, sorted.
    pub async fn taken(&self, count: usize) -> Vec<String> {
        let mut to: Vec<_> =
            self.until(|seen| seen.mails.len() >= count).await.mails.into_iter().map(|m| m.to).collect();
        to.sort();
        to
    }
}

/// How many lines begin with a word.
pub fn count(seen: &Seen, word: &str) -> usize {
    seen.lines.iter().filter(|line| line.starts_with(word)).count()
}

async fn talk(stream: TcpStream, script: Arc<Mutex<Box<Script>>>, seen: watch::Sender<Seen>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut to = String::new();
    answer(&mut stream, &script, "", "220 mail.example.com ESMTP").await?;
    loop {
        let line = read_line(&mut stream).await?;
        seen.send_modify(|seen| seen.lines.push(line.clone()));
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let usual = match word.as_str() {
            "EHLO" => "250-mail.example.com\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN",
            "AUTH" => "235 2.7.0 Welcome",
            "DATA" => "354 Go on",
            "QUIT" => "221 Bye",
            _ => "250 2.0.0 Fine",
        };
        if word == "RCPT" {
            to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        }
        let said = answer(&mut stream, &script, &line, usual).await?;
        if word == "DATA" && said.starts_with("354") {
            let content = read_content(&mut stream).await?;
            let said = answer(&mut stream, &script, ".", "250 2.0.0 Taken").await?;
            if said.starts_with("250") {
                seen.send_modify(|seen| seen.mails.push(Taken { to: to.clone(), content }));
            }
        }
    }
}

/// Says what the script wants; `None` when the conversation is over.
async fn answer(
    stream: &mut BufReader<TcpStream>,
    script: &Mutex<Box<Script>>,
    line: &str,
    usual: &str,
) -> Option<String> {
    let say = (script.lock().unwrap())(line);
    let said = match say {
        Say::Usual => usual.to_owned(),
        Say::Line(text) => text.to_owned(),
        Say::Nothing => std::future::pending().await,
        Say::HangUp => return None,
    };
    stream.write_all(format!("{said}\r\n").as_bytes()).await.ok()?;
    Some(said)
}

async fn read_line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let length = stream.read_line(&mut line).await.ok()?;
    (length > 0).then(|| line.trim_end().to_owned())
}

async fn read_content(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut content = String::new();
    loop {
        let line = read_line(stream).await?;
        if line == "." {
            return Some(content);
        }
        content.push_str(&line);
        content.push('\n');
    }
}
