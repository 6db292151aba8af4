;; Opens $SOURCE in Emacs, waits for a finding, takes the preferred action, waits for the finding to
;; go.  What it saw goes to $RESULT.  -*- lexical-binding: t -*-
(defvar seen "")
(defun say (&rest words) (setq seen (concat seen (string-join words " ") "\n")))

(defun findings ()
  (seq-filter (lambda (d) (string-match-p "\\[session-" (flymake-diagnostic-text d)))
              (flymake-diagnostics)))

(defun wait-for (what test)
  (let ((deadline (+ (float-time) 60)))
    (while (not (funcall test))
      (when (> (float-time) deadline) (error "%s" what))
      (accept-process-output nil 0.01))))

;; The reader's choice in the menu of actions: the default, which is the preferred one.
(defun completing-read (_prompt items &rest _)
  (let ((item (seq-find (lambda (item) (eq t (plist-get (cdr item) :isPreferred))) items)))
    (say "action" (car item))
    (car item)))

(condition-case problem
    (progn
      (find-file (getenv "SOURCE"))
      (run-hooks 'post-command-hook) ; a batch has no commands, and eglot waits for one
      (wait-for "no finding is shown" #'findings)
      (let ((first (car (findings))))
        (say "found in line" (number-to-string (line-number-at-pos (flymake-diagnostic-beg first))))
        (setq last-nonmenu-event t) ; as if chosen by a key
        (eglot-code-actions (flymake-diagnostic-beg first) (flymake-diagnostic-end first) "quickfix" t))
      (eglot--signal-textDocument/didChange) ; done when idle, which a batch never is
      (wait-for "the finding stays" (lambda () (null (findings))))
      (say (buffer-substring-no-properties (point-min) (point-max))))
  (error (say "failed:" (error-message-string problem))))
(set-buffer-modified-p nil)
(write-region seen nil (getenv "RESULT"))
(kill-emacs 0)
